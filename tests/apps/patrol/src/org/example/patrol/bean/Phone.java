package org.example.patrol.bean;

import org.xutils.db.annotation.Column;
import org.xutils.db.annotation.Table;

/* JADX INFO: loaded from: classes.dex */
@Table(name = "t_shouji")
public class Phone {

    @Column(isId = true, name = "id")
    public int id;

    @Column(name = "imei")
    public String imei;

    @Column(name = "jzxm")
    public String owner;

    @Column(name = "jcsj")
    public String time;

    @Column(name = "sfazvpn")
    public boolean vpn;
}
