/**
 * The saved model: one zip that stock Deeplearning4j opens, with schema, pipeline and threshold
 * inside; predicting with it and evaluating it.
 */
package org.symbreak.model;
