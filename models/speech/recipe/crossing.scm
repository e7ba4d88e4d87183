;; British diphone speakers that speak American: the American voice kal plans an utterance (phones,
;; durations, pitch), then its phones are renamed to the British set and sound in another throat.
;; So the pronunciations are the American dictionary's, and the dictionary that these two voices
;; usually ask for (non-commercial) is not needed.

(define (setup_oald_lex) t)
(require 'mrpa_phones)
(require_module 'UniSyn)
(define (load_voice name)
  (load (string-append (cdr (assoc name voice-locations)) "festvox/" name ".scm")))
(load_voice 'rab_diphone)
(load_voice 'don_diphone)

(set! british_phones
  '((aa o) (ae a) (ah uh) (ao oo) (aw au) (ax @) (axr @@) (ay ai) (dx t) (eh e) (el l) (em m)
    (en n) (er @@) (ey ei) (hh h) (hv h) (ih i) (iy ii) (nx n) (ow ou) (oy oi) (uh u) (uw uu)
    (pau #) (h# #) (brth #)))

(define (plan_american text)
  (let ((utt (eval (list 'Utterance 'Text text))))
    (mapcar (lambda (step) (step utt))
            (list Initialize Text Token_POS Token POS Phrasify Word Pauses Intonation PostLex
                  Duration Int_Targets))
    utt))

;; An r before a consonant or a pause has no diphone in these voices: a schwa stands for it.
(define (british_name segment)
  (let ((name (item.name segment))
        (found (assoc_string (item.name segment) british_phones)))
    (cond
      (found (cadr found))
      ((and (string-equal name "r") (string-equal (item.feat segment "n.ph_vc") "-")) '@)
      (t name))))

(define (rename_phones utt)
  (let ((names (mapcar british_name (utt.relation.items utt 'Segment))))
    (mapcar (lambda (segment) (item.set_name segment (car names)) (set! names (cdr names)))
            (utt.relation.items utt 'Segment))))

(define (sound_rab utt)
  (Parameter.set 'Synth_Method 'UniSyn)
  (Parameter.set 'us_sigpr 'lpc)
  (set! UniSyn_module_hooks (list rab_diphone_const_clusters))
  (us_db_select rab_db_name)
  (Wave_Synth utt))

(define (sound_don utt)
  (setup_don_diphone)
  (Parameter.set 'Synth_Method Donovan_Synthesize)
  (Wave_Synth utt))

(define (sound_british utt sound)
  (rename_phones utt)
  (Parameter.set 'PhoneSet 'mrpa)
  (PhoneSet.select 'mrpa)
  (sound utt))
