/**
 * Other libraries' model files: ONNX, Keras, safetensors, NumPy. Recognized by what is in them,
 * read as files that nobody vouches for, made into chains of dense layers, and written back with
 * fewer units. No number is allocated before it is known that the file is long enough to hold it.
 */
package org.symbreak.formats;
