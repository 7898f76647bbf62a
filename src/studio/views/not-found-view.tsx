import { Link } from 'wouter';
import { Empty } from '../components/empty.tsx';
import { PageHead } from '../components/page-head.tsx';

export function NotFoundView() {
  return (
    <>
      <PageHead title="No such view" />
      <Empty title="There is nothing at this address.">
        <Link href="/">Go home</Link>
      </Empty>
    </>
  );
}
