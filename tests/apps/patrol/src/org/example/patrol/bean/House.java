package org.example.patrol.bean;

/* JADX INFO: loaded from: classes.dex */
public class House {
    public String czlx;
    public String fwdz;
    public String fzxm;
    public Long id;
    public Integer zkrs;
}
