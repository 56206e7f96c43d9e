/**
 * Files as people have them: compressed, in other encodings, in the formats of other programs. Each
 * becomes the UTF-8 text of a table, streaming, or is named as what it is. The door is {@link
 * org.symbreak.source.TableFile}.
 */
package org.symbreak.source;
