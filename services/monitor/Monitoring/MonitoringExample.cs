namespace Platform.Monitor.Monitoring;

/// <summary>An example of what is found about a version, for the API's description.</summary>
internal static class MonitoringExample
{
    public const string Answer = """
        {"model":"credit","version":"1",
         "baseline":{"rows":200,
          "features":[{"name":"age","kind":"numerical","rows":200,"missingShare":0,"min":20,"max":68,"mean":34.98,"std":11.19,
           "edges":[24,26,27,29,32,35,38,43,50],"categories":null}],
          "prediction":[{"name":"class","kind":"categorical","rows":200,"missingShare":0,"min":null,"max":null,"mean":null,"std":null,
           "edges":null,"categories":{"good":157,"bad":43}}],
          "performance":{"source":"reference","metrics":{"accuracy":0.775,"roc_auc":0.7995}}},
         "windows":[{"sequence":1,"from":"2026-01-15T09:30:00Z","to":"2026-01-15T09:30:30Z","count":150,
          "quality":{"worstShare":0,"features":[{"name":"age","observed":150,"missing":0,"outOfRange":0,"unseenCategory":0,"share":0}],"sampledRows":0},
          "drift":{"drifted":true,"driftedFeatures":1,"driftedShare":1,
           "correction":{"method":"bh","tests":1,"alpha":0.001,"promise":"of the features that are called drifted, a share of at most 0.001 is expected not to have"},
           "features":[{"name":"age","kind":"numerical","drifted":true,
           "deciding":"ks","rule":"numerical, more than 5 distinct values: Kolmogorov-Smirnov; drift is an adjusted p-value below 0.001 and an effect size of at least 0.05",
           "tests":[{"test":"ks","statistic":0.64,"pValue":1e-31,"adjustedPValue":1e-31,"effectSize":0.64,"threshold":0.001,"minEffect":0.05,"drifted":true}]}]},
          "prediction":null,
          "performance":{"realised":{"accuracy":0.7133},
           "estimated":{"method":"cbpe","calibration":"isotonic","calibrationRows":200,"rows":150,
            "accuracy":{"value":0.7601,"samplingError":0.0413},"f1":{"value":0.5213,"samplingError":0.0912},
            "roc_auc":{"value":0.7874,"samplingError":0.0488}},"labelled":150,"changes":["adwin"],"labelCoverage":1,"metric":"accuracy","value":0.7133,
           "baseline":0.775,"pValue":0.0972,"degraded":false},
          "fairness":{"positive_rate":{"privileged":0.82,"unprivileged":0.57},"disparate_impact":0.695,"statistical_parity_difference":-0.25,
           "equal_opportunity_difference":-0.2,"average_odds_difference":-0.22,"violates_four_fifths":true,"unfair":true,"pairUnfair":true,
           "rule":"unfair is a disparate impact below 0.8 with a p-value below 0.01, of at least 30 rows in either group",
           "support":{"privileged":80,"unprivileged":70},"pValue":0.001,"pValueTest":"z",
           "correction":{"method":"holm","tests":1,"alpha":0.01},
           "attributes":[{"features":["age"],"reference":"privileged","isBestOff":false,"groups":[
            {"group":"privileged","role":"reference","support":80,"selection_rate":0.82,"disparate_impact":null,"statistical_parity_difference":null,
             "pValue":null,"pValueTest":null,"adjustedPValue":null,"unfair":null,"labelled":80,"true_positive_rate":0.91,"false_positive_rate":0.64,
             "equal_opportunity_difference":null,"average_odds_difference":null},
            {"group":"unprivileged","role":"compared","support":70,"selection_rate":0.57,"disparate_impact":0.695,"statistical_parity_difference":-0.25,
             "pValue":0.001,"pValueTest":"z","adjustedPValue":0.001,"unfair":true,"labelled":70,"true_positive_rate":0.71,"false_positive_rate":0.4,
             "equal_opportunity_difference":-0.2,"average_odds_difference":-0.22}]}]},
          "system":{"requests":150,"succeeded":150,"failed":0,"rejected":0,"cancelled":0,"errorRate":0,
           "latencyMs":{"queue":{"p50":0.01,"p90":0.02,"p95":0.03,"p99":0.1},"batch":{"p50":0.01,"p90":0.01,"p95":0.02,"p99":0.04},
            "compute":{"p50":0.21,"p90":0.25,"p95":0.3,"p99":0.7},"total":{"p50":0.35,"p90":0.45,"p95":0.54,"p99":1.28}}}}],
         "fairnessTrend":{"test":"mann_kendall","alpha":0.01,"correction":"holm","groups":[{"features":["age"],"group":"unprivileged","windows":1,
          "tau":null,"pValue":null,"adjustedPValue":null,"direction":null}]},
         "errors":{"rows":150,"errorRate":0.2867,"detectors":[{"name":"page_hinkley","alarms":0,"lastAt":null,"lastRow":null},
          {"name":"ddm","alarms":0,"lastAt":null,"lastRow":null},
          {"name":"adwin","alarms":1,"lastAt":"2026-01-15T09:45:00Z","lastRow":128},
          {"name":"hddm_a","alarms":0,"lastAt":null,"lastRow":null}]},
         "open":{"from":"2026-01-15T09:30:30Z","count":34},"next":null}
        """;
}
