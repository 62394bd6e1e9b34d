namespace Platform.Gateway.Routing;

/// <summary>Which service answers which public path. The most specific path wins, whatever its place in the table.</summary>
internal static class PublicPaths
{
    public const string Registry = "registry";
    public const string Inference = "inference";
    public const string Monitor = "monitor";
    public const string Explainer = "explainer";

    /// <summary>Where a model file goes up, which is larger than other bodies.</summary>
    public const string Upload = "/v1/models/{model}/versions";

    public const string Infer = "/v2/models/{model}/infer";
    public const string InferVersion = "/v2/models/{model}/versions/{version}/infer";
    public const string Predictions = "/v1/models/{model}/predictions";
    public const string PredictionsVersion = "/v1/models/{model}/versions/{version}/predictions";
    public const string Repository = "/v2/repository/{**rest}";
    public const string Jobs = "/v1/models/{model}/jobs";
    public const string ScoringJobs = "/v1/models/{model}/scoring-jobs";
    public const string Analyses = "/v1/analyses/{**rest}";

    /// <summary>Where MLflow's clients upload files.</summary>
    public const string Artifacts = "/api/2.0/mlflow-artifacts/{**rest}";

    public static IReadOnlyList<string> Services { get; } = [Registry, Inference, Monitor, Explainer];

    public static IReadOnlyList<(string Service, string Path)> All { get; } =
    [
        (Registry, "/v1/models/{**rest}"),
        (Registry, Upload),
        (Registry, "/v1/deployments"),
        (Registry, "/v1/events"),
        (Registry, "/v1/promotions/{**rest}"),
        (Registry, "/v1/audit/{**rest}"),
        (Registry, "/v1/artifacts/{**rest}"),
        (Registry, "/v1/keys/{**rest}"),

        (Registry, "/api/2.0/mlflow/{**rest}"),
        (Registry, Artifacts),
        (Registry, "/api/3.0/mlflow/{**rest}"),
        (Registry, "/ajax-api/{**rest}"),
        (Registry, "/get-artifact"),
        (Registry, "/model-versions/get-artifact"),
        (Registry, "/version"),
        (Registry, "/health"),

        (Inference, "/v2/{**rest}"),
        (Inference, Infer),
        (Inference, InferVersion),
        (Inference, Repository),
        (Inference, Predictions),
        (Inference, PredictionsVersion),
        (Inference, Jobs),
        (Inference, "/v1/jobs/{**rest}"),
        (Inference, ScoringJobs),
        (Inference, "/v1/scoring-jobs/{**rest}"),
        (Inference, "/inference.GRPCInferenceService/{**rest}"),
        (Inference, "/grpc.health.v1.Health/{**rest}"),
        (Inference, "/grpc.reflection.v1.ServerReflection/{**rest}"),
        (Inference, "/grpc.reflection.v1alpha.ServerReflection/{**rest}"),

        (Monitor, "/v1/models/{model}/monitoring/{**rest}"),
        (Monitor, "/v1/models/{model}/ground-truth"),
        (Monitor, "/v1/models/{model}/outcomes"),
        (Monitor, "/v1/models/{model}/predictions.parquet"),
        (Monitor, "/v1/models/{model}/labels"),
        (Monitor, "/v1/predictions/{**rest}"),
        (Monitor, "/v1/review-queue/{**rest}"),
        (Monitor, Analyses),
        (Monitor, "/v1/alerts/{**rest}"),
        (Monitor, "/v1/alert-rules/{**rest}"),

        (Explainer, "/v1/models/{model}/explanations"),
        (Explainer, "/v1/models/{model}/importance"),
        (Explainer, "/v1/models/{model}/dependence"),
        (Explainer, "/v1/explanations/{**rest}"),
    ];
}
