import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../bench/local-model/seeded-order.ts';
import { classifier } from '../../src/operators/models/local/classifier.ts';
import type { MarkedText } from '../../src/operators/models/local/classifier.ts';
import { distinctWords, overlap } from '../../src/operators/models/local/distinct-words.ts';
import { fitKernelSoftmax } from '../../src/operators/models/local/kernel-softmax.ts';
import { labelClassifier } from '../../src/operators/models/local/label-classifier.ts';
import type { LabelMarkedText } from '../../src/operators/models/local/label-classifier.ts';
import { fitKernelLogistic, logistic } from '../../src/operators/models/local/kernel-logistic.ts';
import { normalized } from '../../src/operators/models/vectors.ts';

const center = new Float32Array(8);

function marked(text: string, seed: number, target: number, prior = 0): MarkedText {
  const random = seededRandom(seed);
  const vector = normalized(Float32Array.from({ length: 8 }, () => random() - 0.5));
  return { vector, words: distinctWords(text), target, weight: 1, prior };
}

describe('the classifier', () => {
  it('without examples corrects nothing', () => {
    expect(classifier([], center)(marked('any', 1, 0))).toBe(0);
  });

  it('moves the examples towards their marks', () => {
    const examples = [marked('red box', 1, 1), marked('blue jar', 2, 0), marked('red jar', 3, 1)];
    const correct = classifier(examples, center);
    expect(examples.map((example) => correct(example) > 0)).toEqual([true, false, true]);
  });

  it('corrects surprises much and what was known already little', () => {
    const surprising = classifier([marked('red box', 1, 1, -3)], center);
    const expected = classifier([marked('red box', 1, 1, 3)], center);
    const text = marked('red box', 1, 1);
    expect(surprising(text)).toBeGreaterThan(3);
    expect(expected(text)).toBeLessThan(1);
  });

  it('gives finite odds for marks that part the examples wholly, repeat or contradict', () => {
    const repeated = Array.from({ length: 80 }, (_, at) => marked('same', 5, at % 2));
    const parted = Array.from({ length: 80 }, (_, at) =>
      marked(`text ${at}`, at, Number(at > 40), at > 40 ? -4 : 4),
    );
    for (const examples of [repeated, parted]) {
      const correct = classifier(examples, center);
      for (const example of examples) expect(Number.isFinite(correct(example))).toBe(true);
    }
    expect(Math.abs(classifier(repeated, center)(marked('same', 5, 1)))).toBeLessThan(0.05);
  });
});

describe('the classifier, where the criterion', () => {
  const vectors = [1, 2, 3, 4, 5, 6, 7, 8];
  const told = (right: boolean) =>
    vectors.map((seed) => {
      const target = seed % 2;
      return marked(`text ${seed}`, seed, target, target === Number(right) ? 1 : -1);
    });
  const asked = { ...marked('other', 99, 1), prior: 1 };

  it('was right about the examples, trusts it more than before', () => {
    expect(classifier(told(true), center)(asked)).toBeGreaterThan(
      classifier(told(true), center)({ ...asked, prior: -1 }),
    );
  });

  it('was wrong about them, trusts it less', () => {
    expect(classifier(told(false), center)(asked)).toBeLessThan(
      classifier(told(false), center)({ ...asked, prior: -1 }),
    );
  });
});

describe('the classifier of labels', () => {
  const labeled = (text: string, seed: number, label: number, priors = [0, 0, 0]): LabelMarkedText => {
    const { vector, words } = marked(text, seed, 0);
    return { vector, words, label, weight: 1, priors };
  };

  it('without examples gives what the names of the labels tell', () => {
    expect(labelClassifier([], center)(labeled('any', 1, 0, [2, 0, -1]))).toEqual([2, 0, -1]);
  });

  it('has the examples of a label speak for it', () => {
    const examples = [labeled('red box', 1, 0), labeled('blue jar', 2, 1), labeled('tin can', 3, 2)];
    const odds = labelClassifier(examples, center);
    for (const example of examples) {
      const found = odds(example);
      expect(found.indexOf(Math.max(...found))).toBe(example.label);
    }
  });

  it('does not hold it against a label that no example is of it', () => {
    const odds = labelClassifier([labeled('red box', 1, 0), labeled('blue jar', 2, 1)], center);
    const [, , unseen] = odds(labeled('something else', 9, 2, [0, 0, 3]));
    expect(unseen).toBe(Math.max(...odds(labeled('something else', 9, 2, [0, 0, 3]))));
  });

  it('gives finite odds for examples that repeat or contradict', () => {
    const examples = Array.from({ length: 60 }, (_, at) => labeled('same', 5, at % 3, [4, -4, 0]));
    for (const value of labelClassifier(examples, center)(labeled('same', 5, 0)))
      expect(Number.isFinite(value)).toBe(true);
  });
});

describe('the fit', () => {
  it('over several classes is where the gradient of the posterior is zero', () => {
    const kernel = [
      [2, 0.5, 0.1],
      [0.5, 1.5, 0.3],
      [0.1, 0.3, 1],
    ].map((row) => Float64Array.from(row));
    const labels = [0, 1, 1];
    const prior = [
      [1, 0, 0],
      [0, -1, 0],
      [0.5, 0, 2],
    ];
    const weights = Float64Array.from([1, 2, 0.5]);
    const classes = prior.map((values, at) => ({
      prior: Float64Array.from(values),
      targets: Float64Array.from(labels, (label) => Number(label === at)),
    }));
    const found = fitKernelSoftmax({ kernel, classes, weights });
    for (const i of [0, 1, 2]) {
      const odds = found.map(
        (ofClass, at) =>
          (prior[at]?.[i] ?? 0) + ofClass.reduce((sum, value, j) => sum + value * (kernel[i]?.[j] ?? 0), 0),
      );
      const total = odds.reduce((sum, value) => sum + Math.exp(value), 0);
      for (const [at, value] of odds.entries()) {
        const pull = Number(labels[i] === at) - Math.exp(value) / total;
        expect(found[at]?.[i]).toBeCloseTo((weights[i] ?? 0) * pull, 2);
      }
    }
  });

  it('is where the gradient of the posterior is zero', () => {
    const kernel = [
      [2, 0.5, 0.1],
      [0.5, 1.5, 0.3],
      [0.1, 0.3, 1],
    ].map((row) => Float64Array.from(row));
    const targets = Float64Array.from([1, 0, 0.7]);
    const weights = Float64Array.from([1, 2, 0.5]);
    const prior = Float64Array.from([-1, 0.5, 0]);
    const found = fitKernelLogistic({ kernel, targets, weights, prior });
    for (const i of [0, 1, 2]) {
      const odds = (prior[i] ?? 0) + found.reduce((sum, value, j) => sum + value * (kernel[i]?.[j] ?? 0), 0);
      expect(found[i]).toBeCloseTo((weights[i] ?? 0) * ((targets[i] ?? 0) - logistic(odds)), 4);
    }
  });
});

describe('words', () => {
  it('are told without case, with punctuation, and of numbers their length', () => {
    expect([...distinctWords('Call 0800123 for 5 or 60, now! Now')]).toEqual([
      'call',
      '00000',
      'for',
      '0',
      'or',
      ',',
      'now',
      '!',
    ]);
    expect(distinctWords('in 1998')).toContain('000');
  });

  it('tell what is written in capitals and what holds an address', () => {
    expect(distinctWords('WIN a prize')).toContain('SHOUTED');
    expect(distinctWords('see www.shop.example')).toContain('ADDRESS');
    expect([...distinctWords('I win. see it')]).toEqual(['i', 'win', '.', 'see', 'it']);
  });

  it('overlap as the cosine of their sets', () => {
    expect(overlap(distinctWords('a b'), distinctWords('b a'))).toBeCloseTo(1, 10);
    expect(overlap(distinctWords('a b c d'), distinctWords('a'))).toBe(0.5);
    expect(overlap(distinctWords(''), distinctWords('a'))).toBe(0);
  });
});
