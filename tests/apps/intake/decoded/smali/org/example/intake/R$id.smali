.class public final Lorg/example/intake/R$id;
.super Ljava/lang/Object;
.source "R.java"


# annotations
.annotation system Ldalvik/annotation/EnclosingClass;
    value = Lorg/example/intake/R;
.end annotation

.annotation system Ldalvik/annotation/InnerClass;
    accessFlags = 0x19
    name = "id"
.end annotation


# static fields
.field public static final edit_faith:I = 0x7f040003

.field public static final edit_id:I = 0x7f040001

.field public static final edit_name:I = 0x7f040000

.field public static final edit_phone:I = 0x7f040002

.field public static final edit_reason:I = 0x7f040004

.field public static final send:I = 0x7f040005


# direct methods
.method public constructor <init>()V
    .locals 0

    .line 13
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V

    return-void
.end method
