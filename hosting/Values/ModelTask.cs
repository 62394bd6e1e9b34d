namespace Platform.Hosting.Values;

/// <summary>What a model is for, as its metadata says.</summary>
public static class ModelTask
{
    /// <summary>One of two classes.</summary>
    public const string Binary = "binary_classification";
    /// <summary>One of several classes.</summary>
    public const string Multiclass = "multiclass_classification";
    /// <summary>A number.</summary>
    public const string Regression = "regression";
    /// <summary>A number by which rows are put in order.</summary>
    public const string Ranking = "ranking";

    /// <summary>Every task.</summary>
    public static IReadOnlyList<string> All { get; } = [Binary, Multiclass, Regression, Ranking];
}
