/** The macro that gives the vector of a text, and a vector as it is. The blank keeps it from users' functions. */
export const VECTOR_OF = 'vector of';
