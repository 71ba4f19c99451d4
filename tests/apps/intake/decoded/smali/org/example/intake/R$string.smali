.class public final Lorg/example/intake/R$string;
.super Ljava/lang/Object;
.source "R.java"


# annotations
.annotation system Ldalvik/annotation/EnclosingClass;
    value = Lorg/example/intake/R;
.end annotation

.annotation system Ldalvik/annotation/InnerClass;
    accessFlags = 0x19
    name = "string"
.end annotation


# static fields
.field public static final app_name:I = 0x7f030000

.field public static final hint_id:I = 0x7f030006

.field public static final label_faith:I = 0x7f030004

.field public static final label_id:I = 0x7f030002

.field public static final label_name:I = 0x7f030001

.field public static final label_phone:I = 0x7f030003

.field public static final label_reason:I = 0x7f030005

.field public static final send:I = 0x7f030007


# direct methods
.method public constructor <init>()V
    .locals 0

    .line 24
    invoke-direct {p0}, Ljava/lang/Object;-><init>()V

    return-void
.end method
