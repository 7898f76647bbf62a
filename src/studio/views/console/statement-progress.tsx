import { useQuery } from '@tanstack/react-query';
import { runningQuery } from '../../api/queries.ts';
import { AnswerProgress } from '../../components/answer-progress.tsx';

/** Nothing where the statement needs no model. */
export function StatementProgress({ statementId }: { readonly statementId: string }) {
  const { data } = useQuery(runningQuery());
  const own = data?.statements.find(({ statement_id }) => statement_id === statementId);
  if (own === undefined) return null;
  return (
    <>
      , <AnswerProgress statement={own} />
    </>
  );
}
