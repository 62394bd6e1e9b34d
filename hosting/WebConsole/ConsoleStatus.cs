namespace Platform.Hosting.Overview;

/// <summary>Where the page's content comes from.</summary>
/// <param name="Registry">The address that answers for models and their versions.</param>
/// <param name="Monitor">The address that answers for windows and alerts.</param>
/// <param name="Replicas">The replicas behind this process; null where there are none.</param>
public sealed record OverviewSources(Uri Registry, Uri Monitor, Func<IServiceProvider, IReadOnlyList<ReplicaOverview>>? Replicas = null);

/// <summary>A replica of a service, as its edge knows it.</summary>
/// <param name="Service">The service.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Ready">Whether it takes requests; null when it has not been asked yet.</param>
public sealed record ReplicaOverview(string Service, string Address, bool? Ready);
