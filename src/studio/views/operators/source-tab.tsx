import type { CascadeDetail } from '../../../server/http/schemas/operators.ts';

/** The YAML as it was read, keys and comments set apart. */
export function SourceTab({ cascade }: { readonly cascade: CascadeDetail }) {
  return (
    <>
      <p className="faint">{cascade.file}</p>
      <pre className="prompt yaml" tabIndex={0}>
        {cascade.source.split('\n').map((line, at) => (
          // A line of a file has no name but its number.
          <YamlLine key={at} line={line} />
        ))}
      </pre>
    </>
  );
}

function YamlLine({ line }: { readonly line: string }) {
  const key = /^(\s*(?:- )?)([\w.-]+)(:)(.*)$/.exec(line);
  if (/^\s*#/.test(line)) return <span className="yaml-comment">{`${line}\n`}</span>;
  if (key === null) return `${line}\n`;
  const [, before, name, colon, rest] = key;
  return (
    <>
      {before}
      <span className="yaml-key">{name}</span>
      {`${colon}${rest}\n`}
    </>
  );
}
