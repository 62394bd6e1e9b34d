namespace Platform.Hosting.Documents.Files;

/// <summary>What the files of a store say, before its journal is looked at.</summary>
/// <param name="State">All that can be read.</param>
/// <param name="Account">What should be there; null when nothing tells.</param>
/// <param name="Damaged">Collections of which a document is damaged.</param>
/// <param name="Unsealed">Documents in files of an earlier build, which have no checksum.</param>
/// <param name="SavedSequence">Up to which event the segments need not be written again.</param>
internal sealed record LoadedFiles(
    StoreState State, StoreAccount? Account, IReadOnlySet<string> Damaged, HashSet<DocumentKey> Unsealed, long SavedSequence);
