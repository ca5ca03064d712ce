package main

import (
	"sort"
	"strings"

	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// matcher pairs the Terraform names of one kind with the SDK's tokens of that kind, each used once.
type matcher struct {
	// "resource" or "function", for the report.
	kind   string
	schema shim.ResourceMap
	sdk    map[string]properties
	report *report
	// Token by module and plain name.
	byName map[string]string
	// Token by Terraform name: the result.
	found map[string]string
	used  map[string]bool
}

// match pairs by name first, the surer ways before the others; what is left is paired by its properties.
func match(kind, prefix string, schema shim.ResourceMap, sdk map[string]properties, report *report) map[string]string {
	m := &matcher{kind, schema, sdk, report, map[string]string{}, map[string]string{}, map[string]bool{}}
	for token := range sdk {
		module, name := parseToken(token)
		m.byName[module+"/"+plain(strings.TrimPrefix(name, prefix))] = token
	}
	var names []string
	schema.Range(func(name string, _ shim.Resource) bool {
		names = append(names, name)
		return true
	})
	// Of several versions the newest comes first.
	sort.Sort(sort.Reverse(sort.StringSlice(names)))

	for _, name := range names {
		m.take(name, parseTerraformName(name).versionedKey())
	}
	m.matchWithoutVersion(names)
	m.matchByProperties(names)
	m.reportRest(names)
	return m.found
}

func (m *matcher) take(name, key string) bool {
	token, ok := m.byName[key]
	if !ok || m.used[token] {
		return false
	}
	m.found[name], m.used[token] = token, true
	return true
}

// matchWithoutVersion: of several versions of one thing, the SDK's name means the one with the SDK's properties.
func (m *matcher) matchWithoutVersion(names []string) {
	claims := map[string][]string{}
	for _, name := range names {
		if m.found[name] == "" {
			key := parseTerraformName(name).key()
			claims[key] = append(claims[key], name)
		}
	}
	for key, claimants := range claims {
		sdk := m.sdk[m.byName[key]]
		likeness := func(i int) float64 { return similarity(m.schema.Get(claimants[i]).Schema(), sdk) }
		sort.SliceStable(claimants, func(i, j int) bool { return likeness(i) > likeness(j) })
		if m.take(claimants[0], key) && len(claimants) > 1 {
			m.report.note(m.kind+" chosen by its properties", "%s = %s, of %v", claimants[0], m.byName[key], claimants)
		}
	}
}

// likeEnough is the score from which on two names are taken for one thing. Same properties give 1.
const likeEnough = 0.7

func (m *matcher) matchByProperties(names []string) {
	type pair struct {
		name, token string
		score       float64
	}
	var pairs []pair
	for _, name := range names {
		if m.found[name] != "" {
			continue
		}
		for token, sdk := range m.sdk {
			if score, ok := m.score(name, token, sdk); ok && !m.used[token] && score >= likeEnough {
				pairs = append(pairs, pair{name, token, score})
			}
		}
	}
	sort.Slice(pairs, func(i, j int) bool {
		if pairs[i].score != pairs[j].score {
			return pairs[i].score > pairs[j].score
		}
		return pairs[i].name+pairs[i].token < pairs[j].name+pairs[j].token
	})
	for _, p := range pairs {
		if m.found[p.name] == "" && !m.used[p.token] {
			m.found[p.name], m.used[p.token] = p.token, true
			m.report.note(m.kind+" matched by its properties", "%s = %s (%.2f)", p.name, p.token, p.score)
		}
	}
}

// score says how alike two are, with something on top for a name or a version that fits; false for another module's.
func (m *matcher) score(name, token string, sdk properties) (float64, bool) {
	parsed := parseTerraformName(name)
	module, tokenName := parseToken(token)
	if module != parsed.module && module != "index" {
		return 0, false
	}
	score := similarity(m.schema.Get(name).Schema(), sdk)
	if strings.Contains(plain(tokenName), parsed.rest) {
		score += 0.5
	}
	if strings.HasSuffix(plain(tokenName), parsed.version) {
		score += 0.25
	}
	return score, true
}

func (m *matcher) reportRest(names []string) {
	for _, name := range names {
		if m.found[name] == "" {
			m.report.mismatch(m.kind+" in the Terraform provider only", "%s", name)
		}
	}
	for token := range m.sdk {
		if !m.used[token] {
			m.report.mismatch(m.kind+" in the SDK only", "%s", token)
		}
	}
}
