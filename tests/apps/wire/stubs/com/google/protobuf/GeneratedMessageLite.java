package com.google.protobuf;

public abstract class GeneratedMessageLite<M, B> {
    protected int memoizedSerializedSize = -1;
}
