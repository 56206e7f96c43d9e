/** Training by Deeplearning4j's own MultiLayerNetwork, and what ND4J says of its backend. */
package org.symbreak.engine.dl4j;
