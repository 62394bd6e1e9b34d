using System.Text.RegularExpressions;
using Platform.Contracts;

namespace Platform.Architecture.Tests.Messages;

public sealed partial class MessageNameTests
{
    private static readonly string[] Verbs = ["Compute", "Submit"];
    private static readonly string[] Suffixes = ["Event", "Command", "Message", "Dto"];
    private static readonly string[] Owners = ["Registry", "Inference", "Monitor", "Explainer"];

    public static TheoryData<string> Messages => [.. MessageTypes.All.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Messages))]
    public void A_command_is_verb_and_noun_and_an_event_noun_and_past_verb(string name)
    {
        var type = MessageTypes.All[name];
        var words = Words().Matches(type.Name).Select(word => word.Value).ToList();
        if (typeof(ICommand).IsAssignableFrom(type)) Assert.Contains(words[0], Verbs);
        else Assert.Contains(words.Skip(1), word => word.EndsWith("ed", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Messages))]
    public void No_name_says_that_it_is_a_message(string name)
    {
        Assert.DoesNotContain(Suffixes, suffix => MessageTypes.All[name].Name.EndsWith(suffix, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Messages))]
    public void A_message_is_either_a_command_or_an_event(string name)
    {
        var type = MessageTypes.All[name];
        Assert.NotEqual(typeof(ICommand).IsAssignableFrom(type), typeof(IEvent).IsAssignableFrom(type));
    }

    [Theory, MemberData(nameof(Messages))]
    public void A_message_lives_with_its_owner(string name)
    {
        Assert.Contains(MessageTypes.All[name].Namespace, Owners.Select(owner => $"Platform.Contracts.{owner}"));
    }

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Words();
}
