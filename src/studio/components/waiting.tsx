export function Waiting({ what = 'Loading' }: { readonly what?: string }) {
  return (
    <p className="waiting" role="status">
      {what}…
    </p>
  );
}
