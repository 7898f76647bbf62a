import { ApiError, messageOf } from '../api/request.ts';

/** What went wrong and the way out; never instead of what is known. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  return (
    <div className="failure" role="alert">
      <p>{messageOf(error)}</p>
      {error instanceof ApiError && <p className="faint">SQLSTATE {error.body.code}</p>}
      {retry !== undefined && (
        <button type="button" onClick={() => void retry()}>
          Try again
        </button>
      )}
    </div>
  );
}
