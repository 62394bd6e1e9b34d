using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Platform.Hosting.Documents.Files;

/// <summary>What document stores in folders tell <c>/metrics</c>.</summary>
internal static class DocumentsMetrics
{
    private static readonly Meter Meter = new("Platform.Documents");

    // The meter is the process's, the stores come and go with its hosts.
    private static readonly ConcurrentDictionary<ILocalDocuments, byte> Stores = [];

    static DocumentsMetrics() => Meter.CreateObservableGauge("platform.documents.damaged", Damaged, "{record}",
        "Documents, events, commits and files that were found damaged or missing and not mended yet");

    public static void Watch(ILocalDocuments store) => Stores[store] = 0;

    public static void Forget(ILocalDocuments store) => Stores.TryRemove(store, out _);

    private static IEnumerable<Measurement<int>> Damaged() =>
        Stores.Keys.Select(store => new Measurement<int>(store.Damaged, new KeyValuePair<string, object?>("service", store.Service)));
}
