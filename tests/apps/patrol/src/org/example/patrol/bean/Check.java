package org.example.patrol.bean;

/* JADX INFO: loaded from: classes.dex */
public class Check {
    private String jcdd;
    private String jcjg;
    private String jcmj;
    private String mzdm;
    private String sfdh;
    private String sfzhm;
    private String xm;

    public String getXm() {
        return this.xm;
    }

    public void setXm(String str) {
        this.xm = str;
    }

    public String getSfzhm() {
        return this.sfzhm;
    }

    public void setSfzhm(String str) {
        this.sfzhm = str;
    }

    public String getMzdm() {
        return this.mzdm;
    }

    public void setMzdm(String str) {
        this.mzdm = str;
    }

    public String getJcdd() {
        return this.jcdd;
    }

    public void setJcdd(String str) {
        this.jcdd = str;
    }

    public String getJcmj() {
        return this.jcmj;
    }

    public void setJcmj(String str) {
        this.jcmj = str;
    }

    public String getJcjg() {
        return this.jcjg;
    }

    public void setJcjg(String str) {
        this.jcjg = str;
    }

    public String getSfdh() {
        return this.sfdh;
    }

    public void setSfdh(String str) {
        this.sfdh = str;
    }
}
