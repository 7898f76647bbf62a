import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useFilters } from '../hooks/use-filters.ts';

export interface TabOf {
  readonly id: string;
  readonly name: string;
  readonly panel: ReactNode;
}

/** Tabs whose choice is in the URL; the first is shown where it says nothing. */
export function TabsOf({ label, tabs }: { readonly label: string; readonly tabs: readonly TabOf[] }) {
  const filters = useFilters();
  const chosen = tabs.find(({ id }) => id === filters.one('tab'))?.id ?? tabs[0]?.id ?? '';
  return (
    <Tabs
      className="tabs"
      selectedKey={chosen}
      onSelectionChange={(key) => filters.set({ tab: key === tabs[0]?.id ? null : String(key) })}
    >
      <TabList aria-label={label} className="tab-list">
        {tabs.map(({ id, name }) => (
          <Tab key={id} id={id} className="tab">
            {name}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, panel }) => (
        <TabPanel key={id} id={id} className="tab-panel">
          {panel}
        </TabPanel>
      ))}
    </Tabs>
  );
}
