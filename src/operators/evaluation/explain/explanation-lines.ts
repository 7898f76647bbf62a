import { dollarText, spentText } from '../spending/spent-text.ts';
import type { ExpectedPairs } from '../proxy/expected-pairs.ts';
import type { ExpectedProxy } from '../proxy/expected-proxy.ts';
import type { EvaluationSummary } from '../evaluation-summary.ts';
import type { ExplainedExamples, ExplainedOperator, SemanticExplanation } from './explanation.ts';

/** The explanation as EXPLAIN prints it, a row a line. */
export function explanationLines(explanation: SemanticExplanation): readonly string[] {
  const { operators, assumptions, happened } = explanation;
  if (operators.length === 0) return ['The statement calls no semantic operator.'];
  return [
    ...operators.flatMap(operatorLines),
    totalLine(explanation),
    'Assumptions:',
    ...assumptions.map((sentence) => `  ${sentence}`),
    ...(happened === null ? [] : happenedLines(happened)),
  ];
}

function operatorLines(operator: ExplainedOperator): readonly string[] {
  const { inMemory, inLog, toPay, requests, tokensIn, tokensOut, newExamples } = operator;
  const again = newExamples === 0 ? '' : ` (${newExamples} of them again, for there are new examples)`;
  return [
    `${operator.operator}${operator.models.length === 0 ? '' : ` on ${operator.models.join(', ')}`}`,
    `  rows ${operator.rows}, distinct calls ${operator.distinctCalls}`,
    `  in memory ${inMemory}, in the log ${inLog}, to pay ${toPay}${again}`,
    `  requests ${requests}, tokens ${tokensIn} in and ${tokensOut} out, cost ${costText(operator.costUsd)}`,
    ...operator.proxies.map(proxyLine),
    ...operator.joins.map(joinLine),
    ...operator.examples.map(examplesLine),
  ];
}

function proxyLine({ values, toTrain, toProve, saved }: ExpectedProxy): string {
  return `  proxy: ${toTrain} of ${values} values to train it, ${toProve} to prove it, about ${saved} calls saved`;
}

function joinLine({ pairs, left, right, candidates, sampled, saved }: ExpectedPairs): string {
  const asked = `${candidates} candidates by embedding and ${sampled} by lot to ask about`;
  return `  join: ${pairs} pairs (${left} × ${right} values), ${asked}, about ${saved} calls saved`;
}

function examplesLine({ cell, strategy, format, traceIds, lists, trouble }: ExplainedExamples): string {
  const what = trouble ?? (traceIds.length === 0 ? 'none' : traceIds.join(', '));
  const others = lists > 1 ? `, and ${lists - 1} other lists by row` : '';
  return `  examples of ${cell} (${strategy}, ${format}): ${what}${others}`;
}

function totalLine({ toPay, requests, tokens, costUsd, seconds }: SemanticExplanation): string {
  const time = `about ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return `Total: to pay ${toPay}, requests ${requests}, tokens ${tokens}, cost ${costText(costUsd)}, ${time}`;
}

function costText(costUsd: number | null): string {
  return costUsd === null ? 'unknown' : dollarText(costUsd);
}

function happenedLines({ operators, spent, durationMs }: EvaluationSummary): readonly string[] {
  return [
    'What happened:',
    ...operators.map(
      ({ name, rows, distinct, fromMemory, fromLog, fromModel, fromProxy, fromHuman, unanswered }) =>
        `  ${name}: rows ${rows}, distinct calls ${distinct}, from memory ${fromMemory}, from the log ${fromLog}, ` +
        `from models ${fromModel}, ${fromProxy === 0 ? '' : `from a proxy ${fromProxy}, `}` +
        `${fromHuman === 0 ? '' : `verified by people ${fromHuman}, `}without an answer ${unanswered}`,
    ),
    `  ${spentText(spent)}, ${(durationMs / 1000).toFixed(2)} s`,
  ];
}
