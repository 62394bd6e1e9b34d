using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting.Messaging;

/// <summary>How messages travel; section <c>Messaging</c>.</summary>
public sealed class MessagingOptions : IValidatableObject
{
    internal const string Section = "Messaging";

    /// <summary><c>inmemory</c>, within the process, or <c>rabbitmq</c>.</summary>
    [RegularExpression("inmemory|rabbitmq", ErrorMessage = "Messages travel by 'inmemory' or by 'rabbitmq'.")]
    public string Transport { get; set; } = "inmemory";

    /// <summary>How long the broker may take to confirm an event before it is published again, under the same id.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The broker, where messages travel by <c>rabbitmq</c>.</summary>
    public RabbitMqOptions RabbitMq { get; set; } = new();

    internal bool UsesRabbitMq => Transport == "rabbitmq";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var results = new List<ValidationResult>();
        if (UsesRabbitMq) Validator.TryValidateObject(RabbitMq, new ValidationContext(RabbitMq), results, validateAllProperties: true);
        return results;
    }
}
