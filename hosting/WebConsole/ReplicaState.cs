namespace Platform.Hosting.WebConsole;

/// <summary>A replica of a service, as its edge knows it.</summary>
/// <param name="Service">The service.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Ready">Whether it takes requests; null when it has not been asked yet.</param>
public sealed record ReplicaState(string Service, string Address, bool? Ready);

/// <summary>Reads the replicas behind the process that shows the console.</summary>
public delegate IReadOnlyList<ReplicaState> FindReplicas(IServiceProvider services);
