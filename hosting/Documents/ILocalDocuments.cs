using Platform.Hosting.Scrubbing;

namespace Platform.Hosting.Documents;

/// <summary>What a store of documents in a folder tells of its disk.</summary>
internal interface ILocalDocuments : IScrubbed
{
    /// <summary>Whose documents they are: the folder's name.</summary>
    string Service { get; }

    /// <summary>Whether nothing can be committed until a restart.</summary>
    bool HasFailed { get; }

    /// <summary>Why documents cannot be stored at present; null while they can.</summary>
    Exception? Failure { get; }

    /// <summary>What is damaged in the folder; null when nothing was found.</summary>
    string? Degradation { get; }

    /// <summary>How much is damaged in the folder.</summary>
    int Damaged { get; }
}
