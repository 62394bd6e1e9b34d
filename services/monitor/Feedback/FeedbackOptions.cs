using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Feedback;

/// <summary>What is kept of what people say of predictions; section <c>Monitor:Feedback</c>.</summary>
public sealed class FeedbackOptions
{
    /// <summary>Feedback that is kept, all models together; the oldest goes first.</summary>
    [Range(1, 10_000_000)]
    public int Keep { get; set; } = 100_000;
}
