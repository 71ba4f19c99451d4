package org.example.rules;

public class Face {
    float[] values = new float[128];
    int confidence;

    float similarity(Face other) {
        float sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * other.values[i];
        }
        return sum;
    }
}
