.class public abstract interface Lwm/Told;
.super Ljava/lang/Object;
.implements Ljava/lang/annotation/Annotation;

.method public abstract many()[I
.end method

.method public static empty()V
    .registers 1
    fill-array-data v0, :bytes
    return-void
    :bytes
    .array-data 1
        0x1t
        0x2t
        -0x3t
    .end array-data
.end method

.method public static wide()V
    .registers 1
    fill-array-data v0, :longs
    return-void
    :longs
    .array-data 8
        0x7fffffffffffffffL
    .end array-data
.end method
