.class public final Lorg/example/intake/R;
.super Ljava/lang/Object;
.source "R.java"


# annotations
.annotation system Ldalvik/annotation/MemberClasses;
    value = {
        Lorg/example/intake/R$string;,
        Lorg/example/intake/R$layout;,
        Lorg/example/intake/R$id;,
        Lorg/example/intake/R$attr;
    }
.end annotation


# direct methods
.method public constructor <init>()V
    .locals 0

    .line 10
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V

    return-void
.end method
