import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Marks what changes in the store make old, so that views on screen read it again. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const events = new EventSource('/api/events');
    const renew = (topic: string) => () => {
      void client.invalidateQueries({ queryKey: [topic] });
      void client.invalidateQueries({ queryKey: ['both'] });
    };
    events.addEventListener('calls', renew('calls'));
    events.addEventListener('marks', renew('marks'));
    return () => events.close();
  }, [client]);
}
