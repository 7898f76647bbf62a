import { createContext } from 'react';

/** What the rows below were searched for; '' where nothing. */
export const SearchContext = createContext('');
