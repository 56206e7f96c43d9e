package org.symbreak.model;

class EvaluationTest {}
