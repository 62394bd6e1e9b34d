namespace Platform.Monitor.Analyses;

/// <summary>Examples of the ad-hoc analyses, for the API's description: each answer is what its request is answered.</summary>
internal static class AnalysisExamples
{
    public const string DriftRequest = """
        {"features":[{"name":"age","kind":"numerical","reference":[31,42,55,28,37],"current":[21,23,22,25,20]}],
         "tests":["ks","wasserstein"]}
        """;

    public const string DriftAnswer = """
        {"features":[{"name":"age","kind":"numerical","drifted":true,"deciding":"ks","rule":"the first requested test that suits the feature",
         "tests":[{"test":"ks","statistic":1,"pValue":0.007936507936507936,"adjustedPValue":0.007936507936507936,"effectSize":1,
         "threshold":0.05,"drifted":true},
         {"test":"wasserstein","statistic":16.4,"pValue":null,"adjustedPValue":null,"effectSize":1.7225978451964274,
         "threshold":0.9520504188329524,"byChance":6.942294540025577,"drifted":true}]}],
         "driftedShare":1,"drifted":true,"correction":{"method":"none","tests":1,"alpha":0.05,
         "promise":"not adjusted: without any drift up to 0.05 features are expected to be called drifted"}}
        """;

    public const string PerformanceRequest =
        """{"task":"binary_classification","labels":[1,0,1,0],"scores":[0.9,0.2,0.4,0.3],"threshold":0.5}""";

    public const string PerformanceAnswer = """
        {"task":"binary_classification","rows":4,"skipped":0,
         "metrics":{"accuracy":0.75,"precision":1,"recall":0.5,"f1":0.6666666666666666,"roc_auc":1,"scores_out_of_range":0,"confusion":[[2,0],[1,1]]},
         "classes":["0","1"]}
        """;

    public const string OutlierRequest = """
        {"train":[[1,2],[2,1],[1,1],[2,2]],"test":[[1.5,1.5],[9,9]],"method":"one_class_svm","parameters":{"nu":0.5,"gamma":0.1}}
        """;

    public const string OutlierAnswer = """
        {"method":"one_class_svm","scores":[0.08825605442647788,-1.8141613154646863],"outlier":[false,true],"threshold":0,
         "rule":"an outlier has a decision value below 0"}
        """;

    public const string FairnessRequest = """
        {"group":["a","a","b","b"],"decision":[1,1,0,1],"label":[1,0,0,1],"privileged":"a","unprivileged":"b"}
        """;

    public const string FairnessAnswer = """
        {"positive_rate":{"a":1,"b":0.5},"disparate_impact":0.5,"statistical_parity_difference":-0.5,
         "equal_opportunity_difference":0,"average_odds_difference":-0.5,"violates_four_fifths":true,
         "unfair":null,"rule":"unfair is a disparate impact below 0.8 with a p-value below 0.01, of at least 30 rows in either group",
         "support":{"a":2,"b":2},"pValue":1,"pValueTest":"fisher_exact"}
        """;
}
