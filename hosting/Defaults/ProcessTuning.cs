namespace Platform.Hosting.Defaults;

/// <summary>What a process that answers many small requests asks of the runtime.</summary>
public static class ProcessTuning
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Lets the thread that hears of a socket's readiness do what follows from it, instead of handing every event to the thread
    /// pool: a third less processor time for a small request. For processes whose socket callbacks never block; the HTTP server
    /// still runs requests on the thread pool. Must come before the process opens a socket. An operator's own setting of
    /// the variable stands.
    /// </summary>
    public static void CompleteSocketsInline()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null) Environment.SetEnvironmentVariable(InlineCompletions, "1");
    }

    /// <summary>
    /// One pool thread more than there are processors: writing the log to disk blocks one for milliseconds, and where there is but one
    /// processor the pool would otherwise notice only after half a second that nobody else is left.
    /// </summary>
    internal static void AllowForABlockedThread()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + 1), completions);
    }
}
