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
    nop
    move v1, v15
    move/from16 v2, v1000
    move/16 v1000, v2000
    move-wide v1, v15
    move-wide/from16 v2, v1000
    move-wide/16 v1000, v2000
    move-object v1, v15
    move-object/from16 v2, v1000
    move-object/16 v1000, v2000
    move-result v200
    move-result-wide v200
    move-result-object v200
    move-exception v200
    return-void
    return v200
    return-wide v200
    return-object v200
    const/4 v3, -0x8
    const/16 v9, -0x7fff
    const v9, -0x7fffffff
    const/high16 v9, -0x70000000
    const-wide/16 v9, -0x7fff
    const-wide/32 v9, -0x7fffffff
    const-wide v9, -0x7ffffffffffffffeL
    const-wide/high16 v9, -0x7fff000000000000L
    const-string v1, "text"
    const-string/jumbo v2, "j\u4e2d\u0000\ud83d\ude00"
    const-class v3, [[Lwm/All;
    monitor-enter v200
    monitor-exit v200
    check-cast v4, Lwm/All;
    instance-of v1, v15, Lwm/All;
    array-length v1, v15
    new-instance v5, Lwm/All;
    new-array v1, v15, [J
    filled-new-array {v1, v2, v3, v4, v15}, [I
    filled-new-array/range {v256 .. v259}, [I
    fill-array-data v4, :array
    throw v200
    goto :near42
    nop
    :near42
    :near43
    nop
    goto/16 :near43
    :near44
    nop
    goto/32 :near44
    packed-switch v4, :packed
    sparse-switch v4, :sparse
    cmpl-float v1, v2, v255
    cmpg-float v1, v2, v255
    cmpl-double v1, v2, v255
    cmpg-double v1, v2, v255
    cmp-long v1, v2, v255
    :near52
    nop
    if-eq v1, v15, :near52
    :near53
    nop
    if-ne v1, v15, :near53
    :near54
    nop
    if-lt v1, v15, :near54
    :near55
    nop
    if-ge v1, v15, :near55
    :near56
    nop
    if-gt v1, v15, :near56
    :near57
    nop
    if-le v1, v15, :near57
    :near58
    nop
    if-eqz v7, :near58
    :near59
    nop
    if-nez v7, :near59
    :near60
    nop
    if-ltz v7, :near60
    :near61
    nop
    if-gez v7, :near61
    :near62
    nop
    if-gtz v7, :near62
    :near63
    nop
    if-lez v7, :near63
    aget v1, v2, v255
    aget-wide v1, v2, v255
    aget-object v1, v2, v255
    aget-boolean v1, v2, v255
    aget-byte v1, v2, v255
    aget-char v1, v2, v255
    aget-short v1, v2, v255
    aput v1, v2, v255
    aput-wide v1, v2, v255
    aput-object v1, v2, v255
    aput-boolean v1, v2, v255
    aput-byte v1, v2, v255
    aput-char v1, v2, v255
    aput-short v1, v2, v255
    iget v1, v15, Lwm/All;->own1I:I
    iget-wide v1, v15, Lwm/All;->own1J:J
    iget-object v1, v15, Lwm/All;->own18L:Ljava/lang/Object;
    iget-boolean v1, v15, Lwm/All;->own1Z:Z
    iget-byte v1, v15, Lwm/All;->own1B:B
    iget-char v1, v15, Lwm/All;->own1C:C
    iget-short v1, v15, Lwm/All;->own1S:S
    iput v1, v15, Lwm/All;->own1I:I
    iput-wide v1, v15, Lwm/All;->own1J:J
    iput-object v1, v15, Lwm/All;->own18L:Ljava/lang/Object;
    iput-boolean v1, v15, Lwm/All;->own1Z:Z
    iput-byte v1, v15, Lwm/All;->own1B:B
    iput-char v1, v15, Lwm/All;->own1C:C
    iput-short v1, v15, Lwm/All;->own1S:S
    sget v250, Lwm/All;->static1I:I
    sget-wide v250, Lwm/All;->static1J:J
    sget-object v250, Lwm/All;->static18L:Ljava/lang/Object;
    sget-boolean v250, Lwm/All;->static1Z:Z
    sget-byte v250, Lwm/All;->static1B:B
    sget-char v250, Lwm/All;->static1C:C
    sget-short v250, Lwm/All;->static1S:S
    sput v250, Lwm/All;->static1I:I
    sput-wide v250, Lwm/All;->static1J:J
    sput-object v250, Lwm/All;->static18L:Ljava/lang/Object;
    sput-boolean v250, Lwm/All;->static1Z:Z
    sput-byte v250, Lwm/All;->static1B:B
    sput-char v250, Lwm/All;->static1C:C
    sput-short v250, Lwm/All;->static1S:S
    invoke-virtual {v0, v1, v2, v3, v14}, Lwm/All;->take(IIIII)V
    invoke-super {v0, v1, v2, v3, v14}, Lwm/All;->take(IIIII)V
    invoke-direct {v0, v1, v2, v3, v14}, Lwm/All;->take(IIIII)V
    invoke-static {v0, v1, v2, v3, v14}, Lwm/All;->take(IIIII)V
    invoke-interface {v0, v1, v2, v3, v14}, Lwm/All;->take(IIIII)V
    invoke-virtual/range {v1000 .. v1004}, Lwm/All;->take(IIIII)V
    invoke-super/range {v1000 .. v1004}, Lwm/All;->take(IIIII)V
    invoke-direct/range {v1000 .. v1004}, Lwm/All;->take(IIIII)V
    invoke-static/range {v1000 .. v1004}, Lwm/All;->take(IIIII)V
    invoke-interface/range {v1000 .. v1004}, Lwm/All;->take(IIIII)V
    neg-int v1, v15
    not-int v1, v15
    neg-long v1, v15
    not-long v1, v15
    neg-float v1, v15
    neg-double v1, v15
    int-to-long v1, v15
    int-to-float v1, v15
    int-to-double v1, v15
    long-to-int v1, v15
    long-to-float v1, v15
    long-to-double v1, v15
    float-to-int v1, v15
    float-to-long v1, v15
    float-to-double v1, v15
    double-to-int v1, v15
    double-to-long v1, v15
    double-to-float v1, v15
    int-to-byte v1, v15
    int-to-char v1, v15
    int-to-short v1, v15
    add-int v1, v2, v255
    sub-int v1, v2, v255
    mul-int v1, v2, v255
    div-int v1, v2, v255
    rem-int v1, v2, v255
    and-int v1, v2, v255
    or-int v1, v2, v255
    xor-int v1, v2, v255
    shl-int v1, v2, v255
    shr-int v1, v2, v255
    ushr-int v1, v2, v255
    add-long v1, v2, v255
    sub-long v1, v2, v255
    mul-long v1, v2, v255
    div-long v1, v2, v255
    rem-long v1, v2, v255
    and-long v1, v2, v255
    or-long v1, v2, v255
    xor-long v1, v2, v255
    shl-long v1, v2, v255
    shr-long v1, v2, v255
    ushr-long v1, v2, v255
    add-float v1, v2, v255
    sub-float v1, v2, v255
    mul-float v1, v2, v255
    div-float v1, v2, v255
    rem-float v1, v2, v255
    add-double v1, v2, v255
    sub-double v1, v2, v255
    mul-double v1, v2, v255
    div-double v1, v2, v255
    rem-double v1, v2, v255
    add-int/2addr v1, v15
    sub-int/2addr v1, v15
    mul-int/2addr v1, v15
    div-int/2addr v1, v15
    rem-int/2addr v1, v15
    and-int/2addr v1, v15
    or-int/2addr v1, v15
    xor-int/2addr v1, v15
    shl-int/2addr v1, v15
    shr-int/2addr v1, v15
    ushr-int/2addr v1, v15
    add-long/2addr v1, v15
    sub-long/2addr v1, v15
    mul-long/2addr v1, v15
    div-long/2addr v1, v15
    rem-long/2addr v1, v15
    and-long/2addr v1, v15
    or-long/2addr v1, v15
    xor-long/2addr v1, v15
    shl-long/2addr v1, v15
    shr-long/2addr v1, v15
    ushr-long/2addr v1, v15
    add-float/2addr v1, v15
    sub-float/2addr v1, v15
    mul-float/2addr v1, v15
    div-float/2addr v1, v15
    rem-float/2addr v1, v15
    add-double/2addr v1, v15
    sub-double/2addr v1, v15
    mul-double/2addr v1, v15
    div-double/2addr v1, v15
    rem-double/2addr v1, v15
    add-int/lit16 v14, v3, -0x7fff
    rsub-int v14, v3, -0x7fff
    mul-int/lit16 v14, v3, -0x7fff
    div-int/lit16 v14, v3, -0x7fff
    rem-int/lit16 v14, v3, -0x7fff
    and-int/lit16 v14, v3, -0x7fff
    or-int/lit16 v14, v3, -0x7fff
    xor-int/lit16 v14, v3, -0x7fff
    add-int/lit8 v1, v2, -0x80
    rsub-int/lit8 v1, v2, -0x80
    mul-int/lit8 v1, v2, -0x80
    div-int/lit8 v1, v2, -0x80
    rem-int/lit8 v1, v2, -0x80
    and-int/lit8 v1, v2, -0x80
    or-int/lit8 v1, v2, -0x80
    xor-int/lit8 v1, v2, -0x80
    shl-int/lit8 v1, v2, -0x80
    shr-int/lit8 v1, v2, -0x80
    ushr-int/lit8 v1, v2, -0x80
    invoke-polymorphic {v0, v1, v2}, Ljava/lang/invoke/MethodHandle;->invoke([Ljava/lang/Object;)Ljava/lang/Object;, (II)V
    invoke-polymorphic/range {v0 .. v2}, Ljava/lang/invoke/MethodHandle;->invoke([Ljava/lang/Object;)Ljava/lang/Object;, (II)V
    invoke-custom {v1, v2}, site("asked", (II)V, 0x7L, "extra", 1.5f)@Lwm/All;->bootstrap(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;
    invoke-custom/range {v300 .. v301}, site("asked", (II)V, 0x7L, "extra", 1.5f)@Lwm/All;->bootstrap(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;
    const-method-handle v1, invoke-static@Lwm/All;->bootstrap(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;
    const-method-type v1, (IJ)Ljava/lang/String;
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
