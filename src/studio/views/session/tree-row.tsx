import type { ReactNode } from 'react';
import { Button, TreeItem, TreeItemContent } from 'react-aria-components';

interface TreeRowProps {
  readonly id: string;
  /** What a screen reader says and what type-ahead finds. */
  readonly text: string;
  readonly content: ReactNode;
  readonly bad?: boolean;
  /** Rows below; a row that has any can be opened. */
  readonly children?: ReactNode;
}

export function TreeRow({ id, text, content, bad = false, children }: TreeRowProps) {
  return (
    <TreeItem id={id} textValue={text} className="tree-item">
      <TreeItemContent>
        {({ hasChildItems, level }) => (
          <div className="tree-row" data-bad={bad} style={{ paddingInlineStart: `${(level - 1) * 1.1}rem` }}>
            {hasChildItems ? (
              <Button slot="chevron" className="chevron">
                <span aria-hidden="true">›</span>
              </Button>
            ) : (
              <span className="chevron" />
            )}
            {content}
          </div>
        )}
      </TreeItemContent>
      {children}
    </TreeItem>
  );
}
