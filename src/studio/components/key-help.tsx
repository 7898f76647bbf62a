import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface KeyHelpProps {
  readonly keys: readonly (readonly [key: string, meaning: string])[];
  readonly onClose: () => void;
}

/** The keys of a view, over it. */
export function KeyHelp({ keys, onClose }: KeyHelpProps) {
  return (
    <ModalOverlay className="overlay" isDismissable isOpen onOpenChange={(open) => open || onClose()}>
      <Modal className="modal">
        <Dialog>
          <Heading slot="title">Keys</Heading>
          <dl className="keys">
            {keys.map(([key, meaning]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
          <button type="button" onClick={onClose}>
            Close <kbd>Esc</kbd>
          </button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
