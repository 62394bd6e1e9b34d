using Platform.Hosting.Documents;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>A file that lies in the store.</summary>
/// <param name="Format">A value of <see cref="RowFormat"/>; null where nothing tells.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Upload">The note of its pieces.</param>
internal sealed record ReceivedFile(string? Format, long Bytes, Document<ScoringUpload> Upload);
