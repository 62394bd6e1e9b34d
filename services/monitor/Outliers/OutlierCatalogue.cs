namespace Platform.Monitor.Outliers;

/// <summary>The methods, by the name the API gives them.</summary>
internal static class OutlierCatalogue
{
    private static readonly IOutlierMethod[] Methods = [new IsolationForest(), new OneClassSvm(), new Mahalanobis()];

    public static IEnumerable<string> Ids => Methods.Select(method => method.Id);

    /// <summary>The method of that name, or null.</summary>
    public static IOutlierMethod? Find(string id) => Array.Find(Methods, method => method.Id == id);
}
