namespace Platform.Hosting.WebConsole;

/// <summary>What the console asks before all else: whether the platform works, and as whom it may ask for the rest.</summary>
/// <param name="Ready">Whether every service can do its work.</param>
/// <param name="WaitingFor">What is missing, by service.</param>
/// <param name="Degraded">What does not work as it should although the platform serves, by service.</param>
/// <param name="Replicas">The replicas behind the edge; none in one process, and none for who has not said who it is.</param>
/// <param name="AsksForKey">Whether callers are asked who they are.</param>
/// <param name="Caller">Who asks; null for who has not proved who it is.</param>
/// <param name="HasManagement">Whether health and metrics are at this address.</param>
internal sealed record ConsoleStatus(
    bool Ready, IReadOnlyDictionary<string, string> WaitingFor, IReadOnlyDictionary<string, string> Degraded,
    IReadOnlyList<ReplicaState> Replicas, bool AsksForKey, ConsoleCaller? Caller, bool HasManagement);

/// <summary>Who asks.</summary>
/// <param name="Name">As history and events name the caller.</param>
/// <param name="Permissions">What it may do for some model at least.</param>
internal sealed record ConsoleCaller(string Name, IReadOnlyList<string> Permissions);
