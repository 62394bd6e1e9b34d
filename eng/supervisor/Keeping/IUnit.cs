namespace Platform.Supervisor.Keeping;

/// <summary>Something that must run: a server, or a replica of a service.</summary>
internal interface IUnit
{
    /// <summary>Its name on the console, of its pid file and of its log.</summary>
    string Name { get; }

    /// <summary>Starts it, or what of it does not run. Throws <see cref="StartFailedException"/> when that cannot be done.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Waits until it no longer runs, and says in a few words how that came.</summary>
    Task<string> EndAsync(CancellationToken cancellationToken);

    /// <summary>Stops it, and leaves nothing of it behind.</summary>
    Task StopAsync();
}

/// <summary>A unit could not be started, for a reason in a sentence.</summary>
internal sealed class StartFailedException(string reason) : Exception(reason);
