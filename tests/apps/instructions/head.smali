.class public Lwm/All;
.super Ljava/lang/Object;
.source "All.java"
.implements Ljava/lang/Runnable;

.annotation runtime Lwm/Told;
    many = { 1, 2, 3 }
    deep = .subannotation Lwm/Told;
        many = { "a", Ljava/lang/String; }
    .end subannotation
    which = .enum Lwm/All;->OWN:Lwm/All;
    none = { }
.end annotation

.annotation build Lwm/Marker;
.end annotation

.field public static final aByte:B = -0x80t
.field public static final aShort:S = -0x7fffs
.field public static final aChar:C = '\u4e2d'
.field public static final anInt:I = -0x7fffffff
.field public static final aLong:J = -0x7fffffffffffffffL
.field public static final aFloat:F = 0.1f
.field public static final aDouble:D = -2.5
.field public static final aString:Ljava/lang/String; = "text"
.field public static final aType:Ljava/lang/Class; = Ljava/lang/String;
.field public static final aTruth:Z = true
.field public static final nothing:Ljava/lang/Object; = null
.field public static final OWN:Lwm/All;
.field public static static1I:I
.field public static static1J:J
.field public static static18L:Ljava/lang/Object;
.field public static static1Z:Z
.field public static static1B:B
.field public static static1C:C
.field public static static1S:S
.field public own1I:I
    .annotation system Lwm/Marker;
    .end annotation
.end field
.field public own1J:J
.field public own18L:Ljava/lang/Object;
.field public own1Z:Z
.field public own1B:B
.field public own1C:C
.field public own1S:S

.method public static native none()V
.end method

.method public constructor <init>()V
    .registers 1
    .prologue
    .line 100
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V
    .line 70000
    return-void
.end method

.method public static bootstrap(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;
    .registers 4
    .param p0, "lookup"
        .annotation runtime Lwm/Told;
            many = { 0x7fffffffffffffffL }
        .end annotation
    .end param
    .annotation runtime Lwm/Marker;
    .end annotation
    const/4 v0, 0x0
    return-object v0
.end method

.method public take(IIII)V
    .registers 10
    .line 7
    :a
    const/4 v0, 0x1
    :b
    .catch Ljava/lang/RuntimeException; {:a .. :b} :c
    .catch Ljava/lang/Exception; {:a .. :b} :d
    .catchall {:a .. :b} :e
    return-void
    :c
    .line 5
    move-exception v1
    return-void
    :d
    move-exception v2
    return-void
    :e
    move-exception v3
    throw v3
.end method

.method public run()V
    .registers 3000
    .line 1
    # INSTRUCTIONS
    return-void

    :packed
    .packed-switch -0x2
        :one
        :two
    .end packed-switch

    :sparse
    .sparse-switch
        -0x80000000 -> :one
        0x7fffffff -> :two
    .end sparse-switch

    :array
    .array-data 4
        0x1
        -0x2
        0x7fffffff
    .end array-data

    :one
    nop
    :two
    return-void
.end method
