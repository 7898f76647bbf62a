import { Highlighted } from './highlighted.tsx';
import { inputFields } from '../text/input-fields.ts';

/** The declared inputs of a call by name, in whole. */
export function InputList({ inputs, search = '' }: { readonly inputs: string; readonly search?: string }) {
  return (
    <dl className="inputs">
      {inputFields(inputs).map(({ name, text }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Highlighted text={text} search={search} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
