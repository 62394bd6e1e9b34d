namespace Platform.Hosting.Tests.Simulation;

/// <summary>A bug that is put in on purpose, to see that it is found.</summary>
internal enum DiskFlaw
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Nobody is told that an fsync of a file has failed.</summary>
    HidesFailedSyncs,

    /// <summary>Files are not synced.</summary>
    SkipsSyncs,

    /// <summary>Folders are not synced.</summary>
    SkipsFolders,
}
