using Platform.Hosting.Messaging;

namespace Platform.Hosting.Defaults;

/// <summary>What a process that answers many small requests asks of the runtime.</summary>
public static class ProcessTuning
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string SpinLimit = "System.Threading.ThreadPool.UnfairSemaphoreSpinLimit";

    /// <summary>
    /// Lets the thread that hears of a socket's readiness do what follows from it, instead of handing every event to the thread
    /// pool: a third less processor time for a small request, which the HTTP server itself still runs on the thread pool. Not where
    /// a broker's or a database's client shares the process: getting over a broker's death then takes several times as long
    /// (docs/decisions/0007). Must come before the process opens a socket. An operator's own setting of the variable stands.
    /// </summary>
    public static WebApplicationBuilder CompleteSocketsInline(this WebApplicationBuilder builder)
    {
        var messages = builder.Configuration.GetSection(MessagingOptions.Section).Get<MessagingOptions>() ?? new MessagingOptions();
        var storage = builder.Configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();
        if (messages.UsesRabbitMq || storage.UsesPostgres || storage.UsesMongoDb) return builder;
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null) Environment.SetEnvironmentVariable(InlineCompletions, "1");
        return builder;
    }

    /// <summary>
    /// Lets a pool thread without work sleep at once where there is but one processor: for as long as it looks out for work instead, nobody
    /// else can bring any. Must come before the first pool thread. An operator's own setting of the runtime's variable stands.
    /// </summary>
    internal static void SpareTheOnlyProcessor()
    {
        if (Environment.ProcessorCount == 1 && AppContext.GetData(SpinLimit) is null) AppContext.SetData(SpinLimit, 0);
    }

    /// <summary>
    /// One pool thread more than there are processors: committing the log blocks one for milliseconds, and where there is but one
    /// processor the pool would otherwise notice only after half a second that nobody else is left.
    /// </summary>
    internal static void AllowForABlockedThread()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + 1), completions);
    }
}
