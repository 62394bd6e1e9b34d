namespace Platform.Inference.Models;

/// <summary>
/// Lets the garbage collector look at what a retired version has left: its pooled bodies and answers are long-lived and may be
/// tens of megabytes, which it would otherwise find only when memory runs short.
/// </summary>
internal static class ManagedHeap
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static int _asked;

    /// <summary>Collects beside the requests that are served, about a second from now; asked for again until then, it happens once.</summary>
    public static void CollectSoon()
    {
        if (Interlocked.Exchange(ref _asked, 1) == 0) _ = CollectAsync();
    }

    private static async Task CollectAsync()
    {
        await Task.Delay(Pause);
        Volatile.Write(ref _asked, 0);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }
}
