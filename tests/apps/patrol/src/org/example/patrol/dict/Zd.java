package org.example.patrol.dict;

/* JADX INFO: loaded from: classes.dex */
public class Zd {
    public String dm;
    public String fdm;
    public String mc;

    public Zd(String str, String str2) {
        this.dm = str;
        this.mc = str2;
    }
}
