namespace Platform.Monitor.Metrics;

/// <summary>What a model is for, as its metadata says.</summary>
internal static class ModelTask
{
    public const string Binary = "binary_classification";
    public const string Multiclass = "multiclass_classification";
    public const string Regression = "regression";
    public const string Ranking = "ranking";

    public static readonly string[] All = [Binary, Multiclass, Regression, Ranking];
}
